app_name="x"
urlpatterns = []

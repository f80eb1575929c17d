"""Comments and what is answered."""

from django.urls import path

from governance.views import answers, commenting, comments, matrix

urlpatterns = [
    path("reports/<int:pk>/comments/", matrix.comments, name="comments"),
    path("reports/<int:pk>/comments.xlsx", matrix.comments_xlsx, name="comments-xlsx"),
    path("reports/<int:pk>/suggestions/", answers.suggestions, name="suggestions"),
    path("documents/<int:pk>/comment/", commenting.comment_add, name="comment-add"),
    path("comments/<int:pk>/", comments.comment, name="comment"),
    path("comments/<int:pk>/change/", comments.comment_change, name="comment-change"),
    path(
        "comments/<int:pk>/withdraw/",
        comments.comment_withdraw,
        name="comment-withdraw",
    ),
    path("comments/<int:pk>/respond/", answers.comment_respond, name="comment-respond"),
    path(
        "comments/<int:pk>/contest/", comments.comment_contest, name="comment-contest"
    ),
    path("comments/<int:pk>/assign/", answers.comment_assign, name="comment-assign"),
    path("comments/<int:pk>/apply/", answers.comment_apply, name="comment-apply"),
    path("comments/<int:pk>/map/", answers.comment_map, name="comment-map"),
    path("comments/<int:pk>/close/", answers.comment_close, name="comment-close"),
    path("amendments/<int:pk>/map/", answers.amendment_map, name="amendment-map"),
]

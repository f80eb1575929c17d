"""Invitations: whom to invite, the code that is typed, and a new person's sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.actions.joining import LENGTH, Wanted
from governance.forms.base import ActionForm, DayField, RowsField
from governance.forms.pasting import PasteForm, choice_of, faults_of, listed
from governance.models import Institution, Joining, User
from governance.permissions import Role

if TYPE_CHECKING:
    from governance.models import Committee

# An administrator runs the server and is entered there; everybody else is invited.
ROLES = [choice for choice in Role.choices if choice[0] != Role.ADMINISTRATOR]
MAIL, SLIP = "mail", "slip"


class SignInFields(ActionForm):
    """User name, e-mail and password of somebody who has no sign-in yet."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("You sign in with it. Letters, digits and . - _ without spaces."),
        widget=forms.TextInput(attrs={"class": "w-l", "autocomplete": "username"}),
        error_messages={"required": _("Choose a user name.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("For notices and for a lost password. It can be left empty."),
        widget=forms.EmailInput(attrs={"class": "w-l", "autocomplete": "email"}),
        error_messages={"invalid": _("This is not an e-mail address.")},
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=128,
        help_text=_("At least 12 characters; four words that you remember are good."),
        widget=forms.PasswordInput(
            attrs={"class": "w-l", "autocomplete": "new-password"}
        ),
        error_messages={"required": _("Choose a password.")},
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(
            attrs={"class": "w-l", "autocomplete": "new-password"}
        ),
        error_messages={"required": _("Type the password a second time.")},
    )

    @property
    def person_name(self) -> str:
        """Of whom the password must not speak."""
        raise NotImplementedError

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"])
        for check in User._meta.get_field("username").validators:
            check(username)
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_now("This user name is taken; choose another one."))
        return username

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if email and User.objects.filter(email__iexact=email).exists():
            raise ValidationError(
                _now(
                    "A sign-in has this e-mail. If it is yours, sign in with it to join;"
                    " else leave the e-mail empty."
                )
            )
        return email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        password, again = data.get("password"), data.get("again")
        if password and again and password != again:
            self.add_error("again", _now("The two passwords are not the same."))
        if password:
            names = {k: data.get(k, "") for k in ("username", "email")}
            person = User(name=self.person_name, **names)
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return data


class NewSignInForm(SignInFields):
    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        help_text=_("As you write it; it stands beside what you do here."),
        widget=forms.TextInput(attrs={"class": "w-l", "autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    field_order = ("name", "username", "email", "password", "again")

    @property
    def person_name(self) -> str:
        return str(self.cleaned_data.get("name", ""))


class CodeForm(ActionForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("It stands on your slip, like K7QF-2M9D-X4TB."),
        widget=forms.TextInput(
            attrs={
                "class": "w-l mono",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Type the code of your slip.")},
    )

    def clean_code(self) -> str:
        code = "".join(c for c in str(self.cleaned_data["code"]).upper() if c.isalnum())
        if len(code) != LENGTH:
            raise ValidationError(
                _now("The code has %(all)d letters and digits; you typed %(n)d.")
                % {"all": LENGTH, "n": len(code)}
            )
        return code


class WayForm(ActionForm):
    """How the code gets to the person."""

    way = forms.ChoiceField(
        label=_("How the code gets to the person"),
        choices=[
            (MAIL, _("By mail; who has no e-mail gets a slip")),
            (SLIP, _("On a printed slip, which you hand over")),
        ],
        initial=MAIL,
        help_text=_("A code by mail works for 7 days, one on a slip for 30."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose mail or a printed slip.")},
    )

    @property
    def on_paper(self) -> bool:
        return bool(self.cleaned_data["way"] == SLIP)


class InviteForm(WayForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "w-l"}),
        error_messages={"required": _("Write the name of the person.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"class": "w-l"}),
        error_messages={"invalid": _("This is not an e-mail address.")},
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, initial=Role.MEMBER)
    field_order = ("name", "email", "role", "institution", "way")

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"] = forms.ModelChoiceField(
            Institution.objects.filter(committee=committee, valid_to=None),
            label=_("Institution"),
            required=False,
            help_text=_("A member always acts for one."),
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("role") == Role.MEMBER and not data.get("institution"):
            self.add_error("institution", needs_institution())
        if data.get("way") == MAIL and not (
            data.get("email") or "email" in self.errors
        ):
            self.add_error(
                "email", _now("Write the e-mail, or choose the printed slip.")
            )
        return data

    def wanted(self) -> list[Wanted]:
        names = ("name", "email", "role", "institution")
        return [Wanted(**{name: self.cleaned_data[name] for name in names})]


def needs_institution() -> str:
    return _now("A member acts for an institution: choose it.")


class ConfirmForm(WayForm):
    """Invitations of others, each with a tick."""

    field_order = ("joinings", "way")

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["joinings"] = JoiningsField(
            waiting,
            label=_("Invitations to confirm"),
            widget=forms.CheckboxSelectMultiple,
            initial=list(waiting),
            error_messages={"required": _("Tick at least one invitation.")},
        )
        self.order_fields(self.field_order)


class JoiningsField(RowsField):
    def label_from_instance(self, joining: Any) -> str:
        for_whom = f", {joining.institution.code}" if joining.institution else ""
        return _now("%(name)s: %(role)s%(for_whom)s, invited by %(by)s") % {
            "name": joining.name,
            "role": joining.get_role_display(),
            "for_whom": for_whom,
            "by": joining.by.name,
        }


class EndRoleForm(ActionForm):
    ends_on = DayField(
        label=_("Last day"),
        error_messages={"required": _("Give the last day of the role.")},
    )


class PasteInvitationsForm(PasteForm, WayForm):
    head = "name"
    field_order = ("rows", "way")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _now(
            "Copy four columns from your spreadsheet and paste them: name, e-mail, role,"
            " code of the institution. Or type one person a line with semicolons; leave"
            " out an e-mail but not its semicolon. Roles: %(roles)s."
        )
        self.fields["rows"].help_text = hint % {"roles": listed(ROLES)}
        self.order_fields(self.field_order)
        rows = Institution.objects.filter(committee=self.committee)
        self.institutions = {row.code.casefold(): row for row in rows}

    def read(self, cells: list[str]) -> tuple[list[str], Wanted]:
        name, email, word, code, *more = [*cells, "", "", "", ""]
        role = choice_of(word, ROLES)
        institution = self.institutions.get(code.casefold()) if code else None
        wanted = Wanted(name, role, email, institution)
        if any(more):
            return [_now("there are more than four columns.")], wanted
        said = faults_of(Joining(name=name, email=email), "name", "email")
        if not role:
            words = {"word": word[:40], "roles": listed(ROLES)}
            said.append(_now("“%(word)s” is no role; write one of: %(roles)s.") % words)
        if code and institution is None:
            said.append(_now("no institution has the code %s.") % code[:40])
        if role == Role.MEMBER and not code:
            said.append(_now("a member acts for an institution: write its code."))
        return said, wanted

    def wanted(self) -> list[Wanted]:
        return list(self.cleaned_data["rows"])

    def preview(self) -> list[list[str]]:
        return [
            [
                each.name,
                each.email or "–",
                str(Role(each.role).label),
                each.institution.code if each.institution else "–",
            ]
            for each in self.wanted()
        ]

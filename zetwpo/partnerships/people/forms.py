"""The forms about people."""

import uuid

from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from zetwpo.accounts.actors import Role
from zetwpo.accounts.admission import Grant, Newcomer
from zetwpo.accounts.forms import AddressField, NameField
from zetwpo.fields import ChoiceField, EditForm, PageForm, as_key
from zetwpo.i18n import LANGUAGE_NAMES, as_language, language
from zetwpo.i18n import lazy_gettext as _
from zetwpo.paging import page_number
from zetwpo.partnerships.people.queries import SchoolChoice
from zetwpo.partnerships.people.rules import INVITED, LONGEST_SEARCH, Wanted

NO_SCHOOL = ""
# In the order in which a partnership needs them; whom there are most of comes first.
ROLES = tuple(Role)
WITHOUT_ROLE = "none"


def role_choices() -> list[SelectChoice]:
    """All roles by what people call them."""
    return [SelectChoice(role.value, role.label) for role in ROLES]


class SchoolField(SelectField):
    """One of the schools that are open, or none."""

    def __init__(self, label: str, **rest: object) -> None:
        super().__init__(label, choices=[], validate_choice=False, default=NO_SCHOOL, **rest)

    def offer(self, schools: list[SchoolChoice]) -> None:
        """Let these be chosen, as far as they are open."""
        self.choices = [
            SelectChoice(NO_SCHOOL, str(_("The whole partnership"))),
            *(SelectChoice(str(each.id), each.name) for each in schools if not each.is_closed),
        ]

    @property
    def school_id(self) -> uuid.UUID | None:
        """The school that was chosen. Valid forms only."""
        return as_key(self.data)

    def pre_validate(self, form: object) -> None:
        """Refuse what no page of ours offers, and what closed since."""
        if self.data not in {choice.value for choice in self.choices or ()}:
            raise ValidationError(str(_("Choose a school from the list. This one closed.")))


class _Invited:
    """The fields of whom an invitation is for."""

    name = NameField(
        _("Name"),
        readers=_(
            "Colleagues in the partnership read this, and the people whom this person asks for "
            "feedback."
        ),
        required=_("Fill in a name."),
    )
    email = AddressField(
        _("Email address"),
        readers=_("Administrators of your partnership see it. The welcome goes there."),
        required=_("Fill in an email address."),
        autocomplete="off",
    )


class InviteForm(_Invited, PageForm):
    """Whom to invite, and as what."""

    roles = SelectMultipleField(
        _("Role"),
        choices=role_choices,
        validate_choice=False,
    )
    school = SchoolField(_("School or institute"))
    mail_language = ChoiceField(
        _("Language of the email"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()],
        default=language,
        validate_choice=False,
    )

    def validate_roles(self, field: Field) -> None:
        """One or more of those that there are."""
        if not field.data or not set(field.data) <= set(Role):
            raise ValidationError(_("Choose at least one role."))

    def validate_mail_language(self, field: ChoiceField) -> None:
        """One of ours."""
        if field.data not in LANGUAGE_NAMES:
            raise ValidationError(_("Choose a language."))

    @property
    def newcomer(self) -> Newcomer:
        """What came in. Valid forms only."""
        return Newcomer(
            self.name.data or "",
            self.email.data or "",
            frozenset(Grant(Role(role), self.school.school_id) for role in self.roles.data or ()),
            as_language(self.mail_language.data),
        )


class GiveForm(PageForm):
    """Another role for somebody."""

    # The roles that the page showed.
    seen = HiddenField()
    role = SelectField(_("Role"), choices=role_choices, validate_choice=False)
    school = SchoolField(_("School or institute"))

    def validate_role(self, field: Field) -> None:
        """One of those that there are."""
        if field.data not in set(Role):
            raise ValidationError(_("Choose a role."))

    @property
    def grant(self) -> Grant:
        """What came in. Valid forms only."""
        return Grant(Role(self.role.data), self.school.school_id)


class CorrectForm(_Invited, EditForm):
    """An invitation that nobody has answered yet, to mend what was mistyped."""

    edited = INVITED


class OtherAddressForm(PageForm):
    """Where somebody gets their mail from now on, if they confirm it."""

    email = AddressField(
        _("New email address"),
        readers=_("Administrators of your partnership see it, and the person themselves."),
        required=_("Fill in an email address."),
        autocomplete="off",
    )


def read_wanted(
    args: MultiDict[str, str], schools: list[SchoolChoice], *, with_ended: bool = True
) -> Wanted:
    """Whom the address of a list asks for; what it cannot mean is left out."""
    role, school_id = args.get("role", ""), as_key(args.get("school"))
    return Wanted(
        " ".join(args.get("q", "")[:LONGEST_SEARCH].split()),
        role if role in set(Role) else None,
        school_id if school_id in {each.id for each in schools} else None,
        without_role=with_ended and role == WITHOUT_ROLE,
        page=page_number(args.get("page", "")),
    )


def as_query(wanted: Wanted) -> dict[str, str]:
    """The same for an address, without its page."""
    role = WITHOUT_ROLE if wanted.without_role else wanted.role
    values = {"q": wanted.text, "role": role, "school": wanted.school_id}
    return {name: str(value) for name, value in values.items() if value}

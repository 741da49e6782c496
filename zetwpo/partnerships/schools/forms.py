"""The form of a school or an institute."""

from wtforms import Field, Form
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from zetwpo.accounts.models import SchoolKind
from zetwpo.accounts.rules import LONGEST_NAME
from zetwpo.fields import ChoiceField, EditForm, LineField
from zetwpo.i18n import lazy_gettext as _
from zetwpo.partnerships.schools.rules import NAMES, has_letters

KINDS = {
    SchoolKind.SCHOOL: _("A school, or one location of it"),
    SchoolKind.INSTITUTE: _("An institute that trains teachers"),
}


def _readable(_form: Form, field: Field) -> None:
    field.data = " ".join((field.data or "").split())
    if field.data and not has_letters(field.data):
        raise StopValidation(_("A name needs letters or digits."))


class SchoolForm(EditForm):
    """Its name and what it is."""

    edited = NAMES
    name = LineField(
        _("Name"),
        readers=_("Everybody in this partnership can read this."),
        most=LONGEST_NAME,
        required=_("Fill in a name."),
        checks=(_readable,),
    )
    kind = ChoiceField(
        _("What is it?"),
        choices=[SelectChoice(kind.value, words) for kind, words in KINDS.items()],
        default=SchoolKind.SCHOOL.value,
        validate_choice=False,
    )

    def validate_kind(self, field: ChoiceField) -> None:
        """One of the two."""
        if field.data not in set(SchoolKind):
            raise ValidationError(_("Choose what it is."))

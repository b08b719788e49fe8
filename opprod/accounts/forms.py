"""Forms of signing in and of accounts."""

from opprod.accounts.permissions import Role
from opprod.accounts.services import PASSWORD_MAXIMUM, PASSWORD_MINIMUM
from opprod.audit.events import Event
from opprod.core.regions import Region
from opprod.web.forms import (
    BaseForm,
    BooleanField,
    EmailField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    choices_of,
    max_length,
    required,
)

PASSWORD_HINT = f"At least {PASSWORD_MINIMUM} characters. Three random words make a good one."


class SignInForm(BaseForm):
    """An address and a password, and the page to go on to."""

    email = EmailField("Email address", [required("Enter your email address"), max_length(254)])
    password = PasswordField("Password", [required("Enter your password"), max_length(PASSWORD_MAXIMUM)])
    next = HiddenField("Page to go on to", [max_length(2000)])


class PasswordForm(BaseForm):
    """A new password for somebody, set by an administrator."""

    password = PasswordField(
        "New password", [required("Enter the new password"), max_length(PASSWORD_MAXIMUM)], description=PASSWORD_HINT
    )


class OwnPasswordForm(PasswordForm):
    """A new password of one's own."""

    current = PasswordField(
        "Current password", [required("Enter your current password"), max_length(PASSWORD_MAXIMUM)]
    )


class PersonForm(BaseForm):
    """What an administrator keeps of a person."""

    name = StringField(
        "Name",
        [required("Enter a name"), max_length(120)],
        description="As it should stand beside what they record.",
    )
    role = RadioField("Role", [required("Choose a role")], choices=choices_of(Role), coerce=Role)
    region = SelectField(
        "Region",
        choices=choices_of(Region),
        coerce=Region,
        blank="None",
        description="For a regional lead: the region they lead.",
    )


class NewPersonForm(PersonForm):
    """A new account."""

    email = EmailField("Email address", [required("Enter an email address"), max_length(254)])
    password = PasswordField(
        "First password",
        [required("Enter a first password"), max_length(PASSWORD_MAXIMUM)],
        description=PASSWORD_HINT,
    )


class ChangePersonForm(PersonForm):
    """Changes to an account; ``version`` is the one they began from."""

    is_active = BooleanField("This person can sign in")
    version = IntegerField("Version")


class TrailFilters(BaseForm):
    """What the audit trail is narrowed to."""

    class Meta(BaseForm.Meta):
        """A form that only reads needs no token."""

        csrf = False

    event = SelectField("What", choices=choices_of(Event), coerce=Event, blank="Anything")
    actor = SelectField("Who", coerce=int, blank="Anyone")
    kind = StringField("Kind of record", [max_length(40)])
    record = IntegerField("Record number", largest=2**31 - 1)

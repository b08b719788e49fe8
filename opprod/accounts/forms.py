"""Forms of signing in and of accounts."""

from opprod.web.forms import BaseForm, EmailField, HiddenField, PasswordField, max_length, required


class SignInForm(BaseForm):
    """An address and a password, and the page to go on to."""

    email = EmailField("Email address", [required("Enter your email address"), max_length(254)])
    password = PasswordField("Password", [required("Enter your password"), max_length(200)])
    next = HiddenField("Page to go on to", [max_length(2000)])

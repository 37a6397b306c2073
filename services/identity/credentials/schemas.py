"""What the addresses of sign-ins and passwords take and give."""

from marshmallow import Schema, fields, validate

# before normalisation, which may shorten a password: the rule itself is in the model
TYPED = validate.Length(min=1, max=1024)
SECRET = validate.Length(min=1, max=200)


class SignInBody(Schema):
    """What the person typed."""

    identifier = fields.String(required=True, validate=validate.Length(min=1, max=200))
    password = fields.String(required=True, validate=TYPED)


class SecondStepBody(Schema):
    """The answer to the second step: a code, or what the browser made of a passkey."""

    token = fields.String(required=True, validate=SECRET)
    kind = fields.String(required=True, validate=validate.OneOf(["totp", "passkey", "recovery"]))
    code = fields.String(validate=validate.Length(max=40))
    credential = fields.Dict()


class TokenBody(Schema):
    """A secret that was given out before."""

    token = fields.String(required=True, validate=SECRET)


class SecretBody(Schema):
    """The secret of a link in a mail."""

    secret = fields.String(required=True, validate=SECRET)


class SignInView(Schema):
    """Who signed in; with `second_step`, who will once it is taken."""

    account_id = fields.UUID()
    identifier = fields.String()
    display_name = fields.String()
    roles = fields.List(fields.String())
    session_epoch = fields.Integer()
    enrolment_needed = fields.Boolean()
    newly_linked = fields.Boolean()
    second_step = fields.Dict()


class ChallengeView(Schema):
    """What to ask of a browser, and the token to send with its answer."""

    token = fields.String(required=True)
    options = fields.Dict(required=True)


class PasswordBody(Schema):
    """The present password and another."""

    current = fields.String(required=True, validate=TYPED)
    new = fields.String(required=True, validate=TYPED)


class StepUpBody(Schema):
    """The present password, typed again."""

    password = fields.String(required=True, validate=TYPED)


class StepUpView(Schema):
    """A token for one sensitive change."""

    step_up = fields.String(required=True)


class RulesBody(Schema):
    """A password that is being chosen, and what is known of the person."""

    password = fields.String(required=True, validate=validate.Length(max=1024))
    identifier = fields.String(load_default="", validate=validate.Length(max=200))
    email = fields.String(load_default="", validate=validate.Length(max=320))
    language = fields.String(load_default="fr", validate=validate.OneOf(["fr", "en"]))


class RuleView(Schema):
    """A rule in words, and whether the password meets it."""

    id = fields.String(required=True)
    text = fields.String(required=True)
    met = fields.Boolean(required=True)


class RulesView(Schema):
    """Every rule."""

    rules = fields.List(fields.Nested(RuleView), required=True)

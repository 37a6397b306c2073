"""What the addresses of outside identities take and give."""

from marshmallow import Schema, fields, validate

from services.identity.credentials.schemas import SECRET, TYPED, SignInView
from services.identity.federations.model import Provider

NAME = validate.Length(min=1, max=255)


class IdentityBody(Schema):
    """Whom a provider vouches for, as the gateway verified it; `link` adds it to one's account."""

    provider = fields.String(required=True, validate=validate.OneOf(list(Provider)))
    issuer = fields.String(required=True, validate=NAME)
    subject = fields.String(required=True, validate=NAME)
    claims = fields.Dict(required=True, keys=fields.String(validate=validate.Length(max=40)))
    link = fields.Boolean(load_default=False)


class RefusalBody(Schema):
    """The identity that came in, as the gateway keeps it in the session."""

    issuer = fields.String(required=True, validate=NAME)
    subject = fields.String(required=True, validate=NAME)


class ProofBody(Schema):
    """The token of a choice, and what proves control of the account."""

    token = fields.String(required=True, validate=SECRET)
    identifier = fields.String(required=True, validate=validate.Length(min=1, max=200))
    password = fields.String(required=True, validate=TYPED)


class OpeningBody(Schema):
    """The token of a choice, and what the person typed."""

    token = fields.String(required=True, validate=SECRET)
    identifier = fields.String(required=True, validate=validate.Length(max=200))
    email = fields.String(required=True, validate=validate.Length(max=320))
    language = fields.String(load_default="fr", validate=validate.OneOf(["fr", "en"]))
    keep_identity = fields.Boolean(load_default=False)


class FederatedView(SignInView):
    """Who signed in, their second step, or the choice of somebody who is not known yet."""

    choice = fields.Dict()


class LinkView(Schema):
    """A linked identity; its claims are in the copy of the person's data only."""

    provider = fields.String(required=True)
    linked_at = fields.DateTime(required=True)
    last_used_at = fields.DateTime(required=True, allow_none=True)


class LinksView(Schema):
    """The linked identities, and whether the account can be signed in to without them."""

    links = fields.List(fields.Nested(LinkView), required=True)
    has_password = fields.Boolean(required=True)

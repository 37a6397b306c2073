"""FranceConnect and ProConnect on this machine: one OpenID Connect provider in two flavours."""

"""The API for business applications, at the portal's own address: a token, never a cookie."""

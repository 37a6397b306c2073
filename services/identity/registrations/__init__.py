"""Opening an account, and confirming its e-mail."""

"""A mailbox for this machine: receives every mail by SMTP and shows it in a browser."""

"""Mail to the holders of accounts, sent by durable jobs."""

"""Our own stand-in for Twilio's documented API: it keeps a ledger, and misbehaves on demand."""

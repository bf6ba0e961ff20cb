"""Files in: from bytes to plain rows with what is wrong in them. Pure reading, nothing written."""

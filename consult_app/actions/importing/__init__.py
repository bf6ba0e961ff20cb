"""Files of records taken in: what each row says to what is known already."""

"""The figures, against published tables and against small worlds counted by hand."""

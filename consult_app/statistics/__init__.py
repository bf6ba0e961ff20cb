"""The figures: what is counted, and how it is laid out. SELECT only."""

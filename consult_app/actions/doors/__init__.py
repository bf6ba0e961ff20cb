"""A respondent's ways in: links, visits, remembered telephones, the picture lock."""

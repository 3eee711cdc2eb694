"""Exports: incidents and reports in the forms that the field uses. Pure: records in, rows out."""

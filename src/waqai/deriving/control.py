"""Control derived from the places that wait in the store."""

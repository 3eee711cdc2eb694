"""Arabic letters, clitics, tokens and phrase tables. No word of the subject lives here."""

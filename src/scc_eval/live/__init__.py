"""The site on this machine while one edits: what is saved is read again, and pages reload."""

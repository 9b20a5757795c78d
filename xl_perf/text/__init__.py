"""The performance text: Word and PDF out, Word and plain text in."""

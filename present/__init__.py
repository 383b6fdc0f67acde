"""What the commands print: answers in the words of the field, the same facts as table, JSON or CSV."""

"""What the commands do with more than one part: files into the store, the store into the search index."""

"""French news in, English draft out."""

"""What has been translated before: kept, looked up, exchanged with other programs."""

"""The engines that turn French segments into English hypotheses."""

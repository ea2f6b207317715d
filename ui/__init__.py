"""The desk in the browser: a Gradio application over `translate`."""

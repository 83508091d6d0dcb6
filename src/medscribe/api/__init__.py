"""HTTP and WebSocket in, OpenAI-shaped answers out; stores, submits and streams."""

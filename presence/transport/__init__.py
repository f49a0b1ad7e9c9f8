"""The part of presence that knows Socket.IO, Engine.IO and the web server."""

"""Everything that knows Socket.IO, Engine.IO or eventlet."""

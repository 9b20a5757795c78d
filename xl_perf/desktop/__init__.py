"""The person's desktop: where Excel keeps things, what is installed there, and what stands in the way.

Everything that differs between Windows, macOS and Linux is behind `system.System`, so that it can be tried anywhere.
"""

//! What a phone needs beside the page: permissions, audio session.

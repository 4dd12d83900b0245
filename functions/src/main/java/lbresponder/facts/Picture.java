package lbresponder.facts;

/// A drawing of what an alarm watches.
///
/// @param png the file's bytes
/// @param shows what is to be seen on it, one sentence for those who cannot see it
@SuppressWarnings("ArrayRecordComponent") // Nobody compares pictures.
public record Picture(byte[] png, String shows) {}

package lbresponder.probe;

import java.util.List;

/// What probing showed.
///
/// @param results in the order of the request
/// @param millis how long it took
/// @param boundMillis how long it could have taken at most
public record ProbeAnswer(List<Sweep.Result> results, long millis, long boundMillis) {}

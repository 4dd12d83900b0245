package lbresponder.facts;

import java.util.List;

/// A named list of ranges that rules and routes refer to.
///
/// @param ranges its CIDRs; Unknown where its entries could not be read
public record PrefixList(String id, String name, Known<List<String>> ranges) {}

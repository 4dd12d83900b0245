package lbresponder.facts;

import java.util.List;

/// Says things in a provider's own words; pure.
public interface Wording {
  /// The commands that carry out a repair, in order; empty where the provider has none for it.
  List<String> commands(Repair repair, Facts facts);

  /// The commands that take a repair back to what was read, in order; empty where there are none.
  List<String> undo(Repair repair, Facts facts);

  /// The permissions that were missing, each once.
  ///
  /// @param gaps why facts could not be read, as the provider's own reading says it
  default List<String> refused(List<String> gaps) {
    return List.of();
  }

  /// What to grant so that what was refused can be read, ready to be pasted.
  ///
  /// @param gaps why facts could not be read, as the provider's own reading says it
  /// @return empty where nothing was refused, or the provider has no such form
  default String grant(List<String> gaps) {
    return "";
  }

  /// Where in the provider's console to look.
  List<Link> links(Incident incident);

  record Link(String title, String url) {}
}

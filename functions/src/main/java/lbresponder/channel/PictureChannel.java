package lbresponder.channel;

import lbresponder.facts.Gatherer.Picture;

/// A channel that can show pictures.
public interface PictureChannel extends Channel {

  /// Posts a picture below a message that was delivered. Never throws: what went wrong is in the
  /// answer.
  Posted illustrate(Picture picture, Posted.Delivered below);
}

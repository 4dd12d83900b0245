package lbresponder.testing;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/// Pictures of few colours, which take half the room.
public final class Palette {
  private static final int COLOURS = 256;

  /// Squared, of 255 steps for each of three colours.
  private static final int APART = 60;

  private Palette() {}

  /// The same PNG in fewer colours; another becomes the nearest of them.
  public static byte[] indexed(byte[] png) throws IOException {
    BufferedImage whole = ImageIO.read(new ByteArrayInputStream(png));
    int width = whole.getWidth();
    int[] pixels = whole.getRGB(0, 0, width, whole.getHeight(), null, 0, width);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int pixel : pixels) {
      counts.merge(pixel, 1, Integer::sum);
    }
    int[] colours = kept(counts);
    BufferedImage indexed =
        new BufferedImage(
            width,
            whole.getHeight(),
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, colours.length, colours, 0, false, -1, 0));
    Map<Integer, Integer> nearest = new HashMap<>();
    for (int i = 0; i < pixels.length; i++) {
      int index = nearest.computeIfAbsent(pixels[i], colour -> nearest(colour, colours));
      indexed.getRaster().setSample(i % width, i / width, 0, index);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(indexed, "png", out);
    return out.toByteArray();
  }

  /// Those that are told apart: few dots of a colour of their own count more than many of a shade.
  private static int[] kept(Map<Integer, Integer> counts) {
    List<Integer> kept = new ArrayList<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .filter(colour -> kept.size() < COLOURS)
        .filter(colour -> kept.stream().allMatch(other -> distance(colour, other) >= APART))
        .forEach(kept::add);
    return kept.stream().mapToInt(colour -> colour).toArray();
  }

  private static int nearest(int colour, int[] colours) {
    int best = 0;
    for (int i = 1; i < colours.length; i++) {
      if (distance(colour, colours[i]) < distance(colour, colours[best])) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int one, int other) {
    int distance = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      int apart = (one >> shift & 255) - (other >> shift & 255);
      distance += apart * apart;
    }
    return distance;
  }
}

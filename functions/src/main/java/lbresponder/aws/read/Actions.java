package lbresponder.aws.read;

import static lbresponder.aws.sdk.Absent.orEmpty;
import static lbresponder.aws.sdk.Absent.orZero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;

/// Maps the SDK's actions of a rule or listener to the vocabulary. The last answers the request;
/// those before it let a request pass, or do not.
final class Actions {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// Never returned, and never to be written down if it were.
  private static final String SECRET = "ClientSecret";

  private Actions() {}

  static Listener.Action last(List<Action> actions) {
    return actions.isEmpty()
        ? new Listener.OtherAction("none")
        : action(inOrder(actions).getLast());
  }

  static List<Listener.Action> before(List<Action> actions) {
    return inOrder(actions).stream()
        .limit(Math.max(0, actions.size() - 1))
        .map(Actions::action)
        .toList();
  }

  private static List<Action> inOrder(List<Action> actions) {
    return actions.stream()
        .sorted(Comparator.comparingInt(action -> orZero(action.order())))
        .toList();
  }

  private static Listener.Action action(Action action) {
    return switch (action.type()) {
      case FORWARD -> new Listener.Forward(weights(action), stickySeconds(action.forwardConfig()));
      case AUTHENTICATE_OIDC -> authenticate(action, action.authenticateOidcConfig());
      case AUTHENTICATE_COGNITO -> authenticate(action, action.authenticateCognitoConfig());
      case JWT_VALIDATION -> authenticate(action, action.jwtValidationConfig());
      case REDIRECT -> redirect(action.redirectConfig());
      case FIXED_RESPONSE ->
          new Listener.FixedResponse(
              code(
                  action.fixedResponseConfig() == null
                      ? null
                      : action.fixedResponseConfig().statusCode()));
      case UNKNOWN_TO_SDK_VERSION -> new Listener.OtherAction(orEmpty(action.typeAsString()));
      case null -> new Listener.OtherAction("none");
    };
  }

  private static Listener.Action authenticate(Action action, @Nullable SdkPojo config) {
    return new Listener.Authenticate(
        orEmpty(action.typeAsString()),
        config == null
            ? Known.unknown("its settings were not returned")
            : Known.of(settings(action).toString()));
  }

  /// As the API writes it, so that it can be repeated. The secret is not told; the API takes that
  /// which it has.
  private static ObjectNode settings(Action action) {
    ObjectNode settings = (ObjectNode) json(action);
    settings.remove("Order");
    if (action.authenticateOidcConfig() != null) {
      ObjectNode config = (ObjectNode) settings.get("AuthenticateOidcConfig");
      config.remove(SECRET);
      config.put("UseExistingClientSecret", true);
    }
    return settings;
  }

  /// Whatever members the SDK knows of: none is left out for being new.
  private static JsonNode json(Object value) {
    return switch (value) {
      case SdkPojo pojo -> {
        ObjectNode members = JSON.objectNode();
        for (SdkField<?> field : pojo.sdkFields()) {
          Object member = field.getValueOrDefault(pojo);
          if (member != null && !isEmpty(member)) {
            members.set(field.memberName(), json(member));
          }
        }
        yield members;
      }
      case Map<?, ?> map -> {
        ObjectNode entries = JSON.objectNode();
        map.forEach((key, entry) -> entries.set(String.valueOf(key), json(entry)));
        yield entries;
      }
      case List<?> list -> {
        ArrayNode elements = JSON.arrayNode();
        list.forEach(element -> elements.add(json(element)));
        yield elements;
      }
      case Boolean flag -> JSON.booleanNode(flag);
      case Integer number -> JSON.numberNode(number);
      case Long number -> JSON.numberNode(number);
      default -> JSON.textNode(value.toString());
    };
  }

  /// What the SDK makes of a list or map that is not there.
  private static boolean isEmpty(Object member) {
    return (member instanceof List<?> list && list.isEmpty())
        || (member instanceof Map<?, ?> map && map.isEmpty());
  }

  private static Listener.Action redirect(@Nullable RedirectActionConfig config) {
    return config == null
        ? new Listener.Redirect(0, Known.unknown("its settings were not returned"))
        : new Listener.Redirect(
            code(config.statusCodeAsString()),
            Known.of(
                new Listener.Destination(
                    changed(config.protocol(), "#{protocol}"),
                    changed(config.port(), "#{port}"),
                    changed(config.host(), "#{host}"),
                    changed(config.path(), "/#{path}"),
                    changed(config.query(), "#{query}"))));
  }

  /// Null where a part of the address stays as it was asked for.
  private static @Nullable String changed(@Nullable String part, String same) {
    return part == null || part.equals(same) ? null : part;
  }

  private static int code(@Nullable String text) {
    String digits = text == null ? "" : text.replaceAll("\\D", "");
    return digits.isEmpty() || digits.length() > 3 ? 0 : Integer.parseInt(digits);
  }

  private static List<Listener.WeightedTargetGroup> weights(Action forward) {
    if (forward.forwardConfig() != null && !forward.forwardConfig().targetGroups().isEmpty()) {
      return forward.forwardConfig().targetGroups().stream()
          .map(
              group ->
                  new Listener.WeightedTargetGroup(
                      group.targetGroupArn(), group.weight() == null ? 1 : group.weight()))
          .toList();
    }
    return forward.targetGroupArn() == null
        ? List.of()
        : List.of(new Listener.WeightedTargetGroup(forward.targetGroupArn(), 1));
  }

  private static Known<Integer> stickySeconds(@Nullable ForwardActionConfig config) {
    TargetGroupStickinessConfig sticky =
        config == null ? null : config.targetGroupStickinessConfig();
    if (sticky == null || !Boolean.TRUE.equals(sticky.enabled())) {
      return Listener.NOT_STICKY;
    }
    return sticky.durationSeconds() == null
        ? Known.unknown("for how long was not returned")
        : Known.of(sticky.durationSeconds());
  }
}

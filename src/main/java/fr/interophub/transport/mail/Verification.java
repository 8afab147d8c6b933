package fr.interophub.transport.mail;

import fr.interophub.echange.Cles;
import fr.interophub.operateur.Contrat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What our own receiving server has verified of a sender (RFC 8601), held against what an operator's sheet asks for. Only the
 * results under our server's name are believed, of each method the topmost: those below may have been written by anyone. A
 * verified domain counts when it is the one of the From, or above or below it.
 */
final class Verification {

    private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");
    private static final Pattern RESULT = Pattern.compile("(spf|dkim)\\s*=\\s*([a-z]+)(.*)", Pattern.DOTALL);
    private static final Pattern DOMAIN =
            Pattern.compile("(?:smtp\\.mailfrom|header\\.[di])\\s*=\\s*\"?(?:[^\\s\";]*@)?([^\\s\";]+)");

    private final String authservId;

    /** @param authservId our server's name; blank: nothing is believed */
    Verification(String authservId) {
        this.authservId = authservId;
    }

    /** Why the sender is not proven as the sheet asks, in French; empty when it is. */
    Optional<String> missing(Contrat.Mail mail, Lettre lettre) {
        List<String> asked = switch (mail.verification()) {
            case "spf" -> List.of("spf");
            case "dkim" -> List.of("dkim");
            case "toutes" -> List.of("spf", "dkim");
            default -> List.of();
        };
        String from = domain(lettre.expediteurs().get(0));
        List<String> wrong = asked.stream()
                .filter(method ->
                        results(lettre.verifications(), method).stream().noneMatch(verified -> aligned(verified, from)))
                .toList();
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of("%s non vérifié pour le domaine %s par %s"
                        .formatted(
                                String.join(
                                        " et ",
                                        wrong.stream()
                                                .map(method -> method.toUpperCase(Locale.ROOT))
                                                .toList()),
                                from,
                                authservId.isBlank()
                                        ? "notre serveur, dont hub.mail.authserv-id ne dit pas le nom"
                                        : authservId));
    }

    /** The domains that passed a method, in the topmost header of ours that speaks of it. */
    private List<String> results(List<String> headers, String method) {
        for (String header : headers) {
            String[] parts =
                    uncommented(Cles.cut(header, 4000)).toLowerCase(Locale.ROOT).split(";");
            if (authservId.isBlank()
                    || !parts[0].strip().replaceFirst("\\s.*", "").equals(authservId.toLowerCase(Locale.ROOT))) {
                continue;
            }
            List<String> passed = new ArrayList<>();
            boolean speaks = false;
            for (String part : parts) {
                Matcher result = RESULT.matcher(part.strip());
                if (result.matches() && result.group(1).equals(method)) {
                    speaks = true;
                    Matcher domain = DOMAIN.matcher(result.group(3));
                    if (result.group(2).equals("pass") && domain.find()) {
                        passed.add(domain.group(1));
                    }
                }
            }
            if (speaks) {
                return passed;
            }
        }
        return List.of();
    }

    private static String uncommented(String header) {
        String text = header;
        for (String shorter = COMMENT.matcher(text).replaceAll(" ");
                !shorter.equals(text);
                shorter = COMMENT.matcher(text).replaceAll(" ")) {
            text = shorter;
        }
        return text;
    }

    private static boolean aligned(String verified, String from) {
        return verified.equals(from)
                || verified.contains(".") && from.endsWith("." + verified)
                || from.contains(".") && verified.endsWith("." + from);
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}

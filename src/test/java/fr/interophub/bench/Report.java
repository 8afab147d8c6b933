package fr.interophub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docs/bench.md}: a chapter per bench, each rewritten alone. */
final class Report {

    private static final Path FILE = Path.of("docs/bench.md");

    private Report() {}

    /**
     * Prints a chapter, and puts it in the place of the one of that title, or at the end.
     *
     * @param text what follows the title
     */
    static void write(String title, String text) throws IOException {
        String chapter = "# " + title + "\n\n" + text.strip() + "\n";
        System.out.println(chapter);
        String before = Files.exists(FILE) ? Files.readString(FILE) : "";
        Matcher known =
                Pattern.compile("(?ms)^# \\Q" + title + "\\E\\n.*?(?=^# |\\z)").matcher(before);
        String after = known.find()
                ? before.substring(0, known.start())
                        + chapter
                        + (known.end() < before.length() ? "\n" : "")
                        + before.substring(known.end())
                : before + (before.isEmpty() ? "" : "\n") + chapter;
        Files.writeString(FILE, after);
    }
}

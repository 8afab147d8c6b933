package fr.interophub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The generated pages of docs/. A page that had to change fails the build once: read it, commit it. */
public final class PagesEcrites {

    private PagesEcrites() {}

    /** Writes the pages that are not what they should be, then says so. */
    public static void hold(Map<Path, String> pages) throws IOException {
        List<Path> changed = new ArrayList<>();
        for (Map.Entry<Path, String> page : pages.entrySet()) {
            String committed = Files.exists(page.getKey()) ? Files.readString(page.getKey()) : "";
            if (!committed.equals(page.getValue())) {
                changed.add(page.getKey());
                Files.createDirectories(page.getKey().getParent());
                Files.writeString(page.getKey(), page.getValue());
            }
        }
        assertThat(changed).as("ces pages ont changé : relire, puis committer").isEmpty();
    }

    /** A line of a table. */
    public static void row(StringBuilder out, String... cells) {
        for (String cell : cells) {
            out.append("| ").append(cell.replace("|", "\\|").replace("\n", " ")).append(cell.isEmpty() ? "" : " ");
        }
        out.append("|\n");
    }
}

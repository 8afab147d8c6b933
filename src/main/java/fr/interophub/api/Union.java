package fr.interophub.api;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * The newest rows over all operators, where the index begins with the operator: a short walk for each, then the newest
 * of those. Its cost grows with the number of operators, never with that of the rows.
 */
final class Union {

    private Union() {}

    /**
     * @param select a query of a table named {@code d}, which ends in a condition
     * @param where further conditions for one operator
     * @param values their values
     */
    static <T> List<T> newest(
            JdbcTemplate jdbc,
            String select,
            List<String> operateurs,
            Function<String, String> where,
            Function<String, List<Object>> values,
            int limit,
            RowMapper<T> mapper) {
        if (operateurs.isEmpty()) {
            return List.of();
        }
        StringJoiner union = new StringJoiner(" union all ", "select * from (", ") d order by d.id desc limit ?");
        List<Object> all = new ArrayList<>();
        for (String operateur : operateurs) {
            union.add("(" + select + where.apply(operateur) + " order by d.id desc limit ?)");
            all.addAll(values.apply(operateur));
            all.add(limit);
        }
        all.add(limit);
        return jdbc.query(union.toString(), mapper, all.toArray());
    }
}

package dev.dray.adapter.controlplanevast;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonBoolean;
import dev.dray.model.JsonValue.JsonNumber;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.JsonString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The six fields every `auth_data` must have; what else stands in it is let pass.
final class AuthData {
    private static final List<String> FIELDS = List.of("cost", "endpoint", "reqnum", "request_idx", "signature", "url");
    private static final int REQNUM = FIELDS.indexOf("reqnum");
    private static final int REQUEST_IDX = FIELDS.indexOf("request_idx");
    private static final int SIGNATURE = FIELDS.indexOf("signature");
    private static final int URL = FIELDS.indexOf("url");
    // Handed back to the platform with every report; its own are integers.
    private static final int MAX_REQUEST_IDX_BYTES = 256;

    private final boolean unsecured;
    private final @Nullable JsonValue[] values = new @Nullable JsonValue[FIELDS.size()];

    AuthData(boolean unsecured) {
        this.unsecured = unsecured;
    }

    /// Reads the fields.
    ///
    /// @return what is wrong, as JSON; empty where all is well
    String read(JsonValue authData) {
        if (authData instanceof JsonObject object) {
            object.forEach(this::member);
        }
        var problems = new StringBuilder();
        for (int field = 0; field < values.length; field++) {
            String problem = problem(field, values[field]);
            if (!problem.isEmpty()) {
                problems.append(problems.isEmpty() ? "{" : ", ");
                PythonJson.quote(problems, FIELDS.get(field));
                PythonJson.quote(problems.append(": "), problem);
            }
        }
        return problems.isEmpty() ? "" : problems.append('}').toString();
    }

    /// The reference of a request whose fields are all there.
    VastReference reference() {
        return new VastReference(value(REQNUM), value(REQUEST_IDX), value(URL), value(SIGNATURE));
    }

    private void member(JsonString name, JsonValue value) {
        for (int field = 0; field < values.length; field++) {
            if (name.is(FIELDS.get(field))) {
                values[field] = value;
                return;
            }
        }
    }

    private String problem(int field, @Nullable JsonValue value) {
        if (value == null) {
            return "missing parameter";
        }
        if (field == REQNUM && !isReqnum(value)) {
            return "must be a number";
        }
        if (field == REQUEST_IDX && !isRequestIdx(value)) {
            return "must be an integer";
        }
        return "";
    }

    // The reference worker fails with a bare 500 on what cannot be compared with a number, or, unsecured, not hashed.
    private boolean isReqnum(JsonValue value) {
        boolean nested = value instanceof JsonObject || value instanceof JsonArray;
        return unsecured ? !nested : value instanceof JsonNumber || value instanceof JsonBoolean;
    }

    private static boolean isRequestIdx(JsonValue value) {
        boolean nested = value instanceof JsonObject || value instanceof JsonArray;
        return !nested && value.source().length() <= MAX_REQUEST_IDX_BYTES;
    }

    private JsonValue value(int field) {
        JsonValue value = values[field];
        if (value == null) {
            throw new IllegalStateException(
                    "auth_data has no '%s'; ask for problems first".formatted(FIELDS.get(field)));
        }
        return value;
    }
}

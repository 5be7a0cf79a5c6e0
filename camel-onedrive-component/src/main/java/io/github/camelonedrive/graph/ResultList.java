package io.github.camelonedrive.graph;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** A list of results that is a result itself, so that it too is turned into JSON where a text is wanted. Can't be changed. */
public final class ResultList<T extends JsonResult> extends AbstractList<T> implements JsonResult, RandomAccess {

    private final List<T> results;

    public ResultList(List<T> results) {
        this.results = List.copyOf(results);
    }

    @Override
    public T get(int index) {
        return results.get(index);
    }

    @Override
    public int size() {
        return results.size();
    }

    @Override
    public List<Object> json() {
        return results.stream().map(JsonResult::json).toList();
    }
}

package io.quorate.acceptance;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The types and methods that one Java file declares, as the compiler's parser sees them. */
record ParsedSource(String path, List<Declaration> types, List<Declaration> methods) {

    /** A type or a method: its name, the line where it begins and how many lines it takes, comments before it apart. */
    record Declaration(String name, long line, long lineCount) {}

    /** Parses all files in one go, which takes a tenth of the time of one by one; the answer is in their order. */
    static List<ParsedSource> of(List<SourceFile> files) {
        if (files.isEmpty()) {
            return List.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<InMemorySource> sources = files.stream().map(InMemorySource::new).toList();
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, sources);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        List<ParsedSource> parsed = new ArrayList<>();
        for (CompilationUnitTree unit : parse(task)) {
            Declarations declarations = new Declarations(unit, positions);
            declarations.scan(unit, null);
            parsed.add(declarations.inFile(files.get(parsed.size()).path()));
        }
        return parsed;
    }

    private static Iterable<? extends CompilationUnitTree> parse(JavacTask task) {
        try {
            return task.parse();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class Declarations extends TreeScanner<@Nullable Void, @Nullable Void> {

        private final List<Declaration> types = new ArrayList<>();
        private final List<Declaration> methods = new ArrayList<>();
        private final CompilationUnitTree unit;
        private final SourcePositions positions;

        Declarations(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
            types.add(declaration(type.getSimpleName().toString(), type));
            return super.visitClass(type, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
            methods.add(declaration(method.getName().toString(), method));
            return super.visitMethod(method, null);
        }

        ParsedSource inFile(String path) {
            return new ParsedSource(path, List.copyOf(types), List.copyOf(methods));
        }

        private Declaration declaration(String name, Tree tree) {
            LineMap lines = unit.getLineMap();
            long first = lines.getLineNumber(positions.getStartPosition(unit, tree));
            long last = lines.getLineNumber(positions.getEndPosition(unit, tree));
            return new Declaration(name, first, last - first + 1);
        }
    }

    private static final class InMemorySource extends SimpleJavaFileObject {

        private final String text;

        InMemorySource(SourceFile source) {
            super(URI.create("memory:///" + source.name()), JavaFileObject.Kind.SOURCE);
            this.text = source.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}

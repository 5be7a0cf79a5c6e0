package io.github.camelonedrive.page;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import org.apache.camel.builder.RouteBuilder;

/** Compiles routes that are shown in Java. */
final class JavaRoutes {

    private JavaRoutes() {
    }

    /** @param directory where the class is put; it must stay as long as the routes are used */
    static RouteBuilder compile(String source, Path directory) throws IOException, ReflectiveOperationException {
        Path file = Files.writeString(directory.resolve("Shown.java"), """
                import java.util.*;
                import org.apache.camel.*;
                import org.apache.camel.builder.RouteBuilder;
                import io.github.camelonedrive.component.*;

                public class Shown extends RouteBuilder {
                    public void configure() {
                        %s
                    }
                }
                """.formatted(source));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            StringBuilder problems = new StringBuilder();
            boolean compiled = compiler.getTask(null, files, problem -> problems.append(problem).append('\n'),
                    List.of("-d", directory.toString(), "-proc:none"), null, files.getJavaFileObjects(file)).call();
            if (!compiled) {
                throw new IllegalStateException("The page shows Java that does not compile:\n" + problems);
            }
        }
        URLClassLoader loader = new URLClassLoader(new URL[] { directory.toUri().toURL() }, JavaRoutes.class.getClassLoader());
        return (RouteBuilder) loader.loadClass("Shown").getConstructor().newInstance();
    }
}

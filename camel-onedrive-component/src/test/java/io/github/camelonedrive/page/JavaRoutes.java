package io.github.camelonedrive.page;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import org.apache.camel.builder.RouteBuilder;

/** Compiles what is shown in Java: routes, and methods that make beans. */
public final class JavaRoutes {

    private JavaRoutes() {
    }

    /** @param directory where the class is put; it must stay as long as the routes are used */
    public static RouteBuilder compile(String source, Path directory) throws IOException, ReflectiveOperationException {
        return (RouteBuilder) compileClass("""
                public class Shown extends RouteBuilder {
                    public void configure() {
                        %s
                    }
                }
                """.formatted(source), directory).getConstructor().newInstance();
    }

    /** Returns what the one method that is shown with Spring's {@code @Bean} makes. */
    static Object bean(String source, Path directory) throws IOException, ReflectiveOperationException {
        Class<?> shown = compileClass("""
                public class Shown {
                    @interface Bean { }
                    public Shown() { }
                    %s
                }
                """.formatted(source), directory);
        Method method = shown.getDeclaredMethods()[0];
        method.setAccessible(true);
        return method.invoke(shown.getConstructor().newInstance());
    }

    private static Class<?> compileClass(String source, Path directory) throws IOException, ReflectiveOperationException {
        Path file = Files.writeString(directory.resolve("Shown.java"), """
                import java.util.*;
                import org.apache.camel.*;
                import org.apache.camel.builder.RouteBuilder;
                import io.github.camelonedrive.component.*;
                import io.github.camelonedrive.graph.GraphException;

                """ + source);
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
        return loader.loadClass("Shown");
    }
}

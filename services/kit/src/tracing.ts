import {
  type Attributes,
  context,
  INVALID_SPAN_CONTEXT,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

const tracer = trace.getTracer('hub');
const noSpan = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
/** Even what the API makes of a span nobody listens to costs a gateway one part in thirty. */
let isTraced = false;

/**
 * Sends traces where OTEL_EXPORTER_OTLP_ENDPOINT says (OTLP over HTTP); without that variable nothing is loaded and nothing is made.
 * Spans hold names, times, codes and request ids: no variable, no statement, no person. Answers how to send what is left at the end.
 */
export async function startTracing(service: string): Promise<() => Promise<void>> {
  if (!process.env.OTEL_EXPORTER_OTLP_ENDPOINT) return async () => undefined;
  const [{ BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }, core, hooks] =
    await Promise.all([
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/core'),
      import('@opentelemetry/context-async-hooks'),
    ]);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': `hub-${service}` }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
  isTraced = true;
  return () => provider.shutdown();
}

/** Does some work as a span of the present trace. A failure marks the span; its message stays out, for it may quote the caller. */
export function traced<T>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<T>,
  kind = SpanKind.INTERNAL,
): Promise<T> {
  if (!isTraced) return work(noSpan);
  return tracer.startActiveSpan(name, { attributes, kind }, async span => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as { code?: string }).code });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Headers that let another process go on with the present trace. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  if (isTraced) propagation.inject(context.active(), headers);
  return headers;
}

/** Goes on with the trace a request belongs to. */
export const inTraceOf = <T>(headers: object, work: () => T): T =>
  isTraced ? context.with(propagation.extract(context.active(), headers), work) : work();

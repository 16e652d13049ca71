/** Answers kept for some time; the oldest go first when there are too many. A failure is not kept. */
export class KeptFor<Value> {
  private readonly kept = new Map<string, { readonly value: Value; readonly until: number }>();

  constructor(
    private readonly milliseconds: number,
    private readonly most: number,
    private readonly clock: () => Date,
  ) {}

  set(key: string, value: Value): void {
    this.kept.delete(key);
    this.kept.set(key, { value, until: this.clock().getTime() + this.milliseconds });
    if (this.kept.size <= this.most) return;
    const [oldest] = this.kept.keys();
    if (oldest !== undefined) this.kept.delete(oldest);
  }

  clear(): void {
    this.kept.clear();
  }

  has(key: string): boolean {
    return (this.kept.get(key)?.until ?? 0) > this.clock().getTime();
  }

  async get(key: string, read: () => Promise<Value>): Promise<Value> {
    const known = this.kept.get(key);
    if (known && known.until > this.clock().getTime()) return known.value;
    const value = await read();
    this.set(key, value);
    return value;
  }
}

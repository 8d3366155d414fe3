/** What every control over the filter's text is given. */
export interface ControlProps {
  readonly text: string;
  /** What is being written does not parse: controls wait. */
  readonly isWaiting: boolean;
  onText(text: string): void;
}

@echo off
rem Stands where Electron's executable would.
"%~dp0..\..\node_modules\.bin\node.cmd" "%~dp0boot.ts" %*
